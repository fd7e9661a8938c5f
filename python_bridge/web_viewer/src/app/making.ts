/** Pictures that the visitor makes for the shelf: noise, a feature map, a blend, an own image. */

import type { Connection } from "../connection/socket";
import type { MakeNoise } from "../generated/protocol";
import type { Store } from "./store";

export type NoiseKind = NonNullable<MakeNoise["kind"]>;
export const NOISES: readonly NoiseKind[] = ["gaussian", "uniform", "pink"];
export const MOST_SEED = 2 ** 32 - 1;

export interface NoiseRecipe {
  kind: NoiseKind;
  seed: number;
  amplitude: number;
}

type Recipe =
  | ({ type: "make_noise"; colour: boolean } & NoiseRecipe)
  | { type: "make_feature_map"; layer: string; tile: number; run: number; input: string }
  | { type: "make_blend"; first: string; second: string; alpha: number }
  | { type: "keep_image"; name: string };

export class Making {
  constructor(
    private readonly store: Store,
    private readonly connection: () => Connection,
    /** Places a picture of the shelf. */
    private readonly place: (picture: string) => void,
    private readonly say: (message: string, about: string) => void,
  ) {}

  /** Noise, grey where the network sees grey; it is placed, as all that is made here. */
  async noise({ kind, seed, amplitude }: NoiseRecipe): Promise<void> {
    const colour = this.channels !== 1;
    await this.placed({ type: "make_noise", kind, seed, amplitude, colour });
  }

  /** The lifted tile, as it came in the run that is shown. */
  async lifted(): Promise<void> {
    const { selection, run } = this.store;
    if (!selection || selection.tile === null || !run) {
      this.say("Lift a tile first: click it, or T. Then F makes it the input", "image");
      return;
    }
    const { layer, tile } = selection;
    const { input } = this.store;
    await this.placed({ type: "make_feature_map", layer, tile, run: run.id, input });
  }

  /** (1 - alpha) of the first picture and alpha of the second. */
  async blend(first: string, second: string, alpha: number): Promise<void> {
    await this.placed({ type: "make_blend", first, second, alpha });
  }

  /** Puts an image of the visitor's on the shelf, for everybody; its id there, null if refused. */
  async keep(name: string, data: Uint8Array): Promise<string | null> {
    return this.make({ type: "keep_image", name }, data);
  }

  /** Removes what was made, for everybody. */
  async remove(picture: string): Promise<void> {
    const { revision: base } = this.store;
    const path = ["pictures", picture];
    await this.asked({ type: "change", base, path, value: null });
  }

  private async placed(recipe: Recipe): Promise<void> {
    if (this.store.network && !this.store.takesImages) {
      this.say("This network takes no image: it runs on its example", "image");
      return;
    }
    const picture = await this.make(recipe);
    if (picture !== null) this.place(picture);
  }

  private async make(recipe: Recipe, data?: Uint8Array): Promise<string | null> {
    const network = this.store.network?.name ?? "main";
    const named = recipe.type === "make_noise" || recipe.type === "make_feature_map";
    const message = named ? { ...recipe, network } : recipe;
    const reply = await this.asked(message, data);
    return reply?.picture ?? null;
  }

  private async asked(
    message: Parameters<Connection["ask"]>[0],
    data?: Uint8Array,
  ): Promise<{ picture: string | null } | null> {
    const payloads = data ? [{ data, shape: [data.length] }] : [];
    try {
      const { message: reply } = await this.connection().ask(message, payloads);
      return reply.type === "reply" ? { picture: reply.picture ?? null } : null;
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error), "image");
      return null;
    }
  }

  /** Of the picture that the network sees; 0 where nothing says so. */
  private get channels(): number {
    const axes = this.store.network?.network.inputs[0]?.axes ?? [];
    return axes.find(({ role }) => role === "tile")?.size ?? 0;
  }
}
