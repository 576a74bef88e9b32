/**
 * Jest can't `require` packages that are modules only, as Node does. @fastify/static needs this one for downloads,
 * of which the portal has none.
 */
module.exports = {
  create: () => {
    throw new Error('the portal sends no downloads');
  },
};
