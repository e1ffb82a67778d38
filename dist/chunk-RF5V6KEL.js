import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);

// src/aws/directory.ts
function directory(connection, streams) {
  let tagged;
  return {
    async names(kind, next, signal) {
      return (await streams(kind)).names(next, signal);
    },
    async tagged(kinds, tags, next, signal) {
      tagged ??= import("./tagging-FYKMJ6NO.js").then(({ taggedStreams }) => taggedStreams(connection));
      return (await tagged)(kinds, tags, next, signal);
    }
  };
}
function nextName(hasMore, last, after) {
  return hasMore && last !== void 0 && last !== after ? last : null;
}

export {
  directory,
  nextName
};
