/** Before the room: who comes from another machine without a token types the bridge's code. */

import { pair, takeCode, takesCodes } from "../connection/pairing";
import type { Token } from "../connection/token";
import { h, put } from "./dom";

const LENGTH = 6;

/** Returns once this page has a token, or none can be had here: then the bridge says so. */
export async function admission(hud: HTMLElement, token: Token): Promise<void> {
  const code = takeCode(window.location, window.history);
  let problem = "";
  if (code) {
    const paired = await pair(code);
    if ("token" in paired) return token.give(paired.token);
    problem = paired.error;
  }
  if (token.value || window.location.protocol !== "https:" || !(await takesCodes())) return;
  document.documentElement.dataset["state"] = "asking";
  token.give(await new Asking(hud, problem).answer);
  document.documentElement.dataset["state"] = "loading";
}

/** The form, until a code was good. */
class Asking {
  readonly answer: Promise<string>;
  private readonly input = h("input", {
    type: "text",
    "aria-label": "Code",
    maxlength: 16,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    placeholder: "K7M2QX",
  });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private readonly enter = h("button", { type: "submit" }, "Enter");
  private readonly form = h(
    "form",
    { class: "admission glass", novalidate: true },
    h("b", {}, "layerwalk"),
    h("p", {}, "Type the code that the bridge has printed"),
    this.input,
    this.enter,
    this.problem,
  );

  constructor(hud: HTMLElement, problem: string) {
    put(hud, this.form);
    this.problem.textContent = problem;
    this.answer = new Promise((resolve) => {
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        void this.tried().then((token) => {
          if (!token) return;
          put(hud);
          resolve(token);
        });
      });
    });
    this.input.focus();
  }

  private async tried(): Promise<string> {
    const code = this.input.value.replace(/[\s-]/g, "");
    if (code.length !== LENGTH) {
      this.problem.textContent = `A code has ${LENGTH} letters and digits`;
      return "";
    }
    this.enter.disabled = true;
    this.problem.textContent = "";
    const paired = await pair(code);
    this.enter.disabled = false;
    if ("token" in paired) return paired.token;
    this.problem.textContent = paired.error;
    this.input.select();
    return "";
  }
}
