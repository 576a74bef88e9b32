/**
 * Some things take a second factor shown a few minutes ago. A request that is refused for it waits here while the
 * page asks for the code, and is sent once more.
 */
type Asker = () => Promise<boolean>;

let asker: Asker | null = null;

export const stepUp = {
  /** The shell's dialog says how to ask. */
  register(next: Asker): () => void {
    asker = next;
    return () => {
      asker = null;
    };
  },
  /** @returns whether the factor was shown; false when somebody would rather not */
  ask: (): Promise<boolean> => asker?.() ?? Promise.resolve(false),
};
