import TestSequencer from '@jest/test-sequencer';

/** The walk over every page takes as long as the others together: beside them, and so begun first. */
export default class LongestFirst extends TestSequencer {
  async sort(tests) {
    const others = await super.sort(tests.filter(({ path }) => !isWalk(path)));
    return [...tests.filter(({ path }) => isWalk(path)), ...others];
  }
}

const isWalk = (path) => path.endsWith('/every-page.spec.ts');
