/** The part of ncc's API that the build uses. ncc has no types of its own. */
declare module '@vercel/ncc' {
  /** A module of webpack, which ncc is built on. */
  export interface Module {
    /** The modules that this one joins. */
    readonly modules?: readonly Module[];
    readonly resourceResolveData?: {
      readonly descriptionFileRoot?: string;
      readonly descriptionFileData?: { readonly name: string; readonly license: string };
    };
  }

  export interface Compilation {
    readonly modules: Iterable<Module>;
    readonly chunkGraph: { getNumberOfModuleChunks(module: Module): number };
  }

  export default function ncc(
    entry: string,
    options: {
      readonly cache: false;
      readonly license: string;
      readonly mainFields: readonly string[];
      readonly quiet: boolean;
    }
  ): Promise<{
    readonly code: string;
    readonly assets: Readonly<Record<string, { readonly source: string | Uint8Array }>>;
    readonly stats: { readonly compilation: Compilation };
  }>;
}
