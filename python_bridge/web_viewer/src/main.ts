import "./styles/fonts.css";
import "./styles/page.css";
import "./styles/hud.css";
import "./styles/panels.css";
import "./styles/strip.css";
import "./styles/workshop.css";
import "./styles/help.css";
import "./styles/live.css";
import "./styles/headset.css";
import "./styles/admission.css";
import "./styles/recorded.css";
import "./styles/tour.css";

import { App } from "./app/app";
import { publishedState, type PublishedState } from "./app/published";
import { RecordedBridge } from "./connection/recorded";
import { hasRecording, recordedChunks } from "./connection/recording";
import { BridgeSource } from "./connection/source";
import { Token } from "./connection/token";
import { isWearable } from "./headset/worn";
import { admission } from "./hud/admission";
import { Studio } from "./picture/studio";
import { fontsLoaded } from "./scene/glyphs";

declare global {
  interface Window {
    /** For tests, the screenshot command, and the curious. */
    layerwalk?: {
      state(): PublishedState;
      go(layer: string, tile?: number | null): boolean;
      app: App;
      world: App["world"];
      visitor: App["visitor"];
      /** For `layerwalk render`. */
      studio: Studio;
    };
  }
}

const canvas = document.querySelector<HTMLCanvasElement>("#scene");
const hud = document.querySelector<HTMLElement>("#hud");
if (!canvas || !hud) throw new Error("index.html lacks #scene or #hud");
canvas.tabIndex = 0;
canvas.setAttribute("role", "application");
canvas.setAttribute("aria-label", "Room of the network; press H for the keys");

document.documentElement.dataset["state"] = "loading";
try {
  const [, wearable] = await Promise.all([fontsLoaded(), isWearable()]);
  const recorded = hasRecording();
  document.documentElement.classList.toggle("recorded", recorded);
  const source = recorded ? new RecordedBridge(recordedChunks()) : new BridgeSource();
  const token = new Token();
  if (!recorded) await admission(hud, token);
  const app = new App(canvas, hud, wearable, source, token);
  window.layerwalk = {
    state: () => publishedState(app),
    go: (layer, tile = null) => app.navigator.goTo(layer, tile),
    app,
    world: app.world,
    visitor: app.visitor,
    studio: new Studio(app),
  };
  app.start();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  hud.textContent = `This browser cannot show the room: ${reason}. It needs WebGL 2.`;
  hud.className = "unsupported";
  console.error(error);
}
