/**
 * Whether a glob matches the whole of a name: `*` stands for any run of characters, `?` for one, each other character for
 * itself. Where a run turns out too short, only the latest `*` is tried again with one more: the earlier ones have nothing
 * to win, so the time grows with the product of both lengths at most.
 */
export function matchesGlob(glob: string, name: string): boolean {
  let at = 0;
  let inName = 0;
  let star = -1;
  let runEnd = 0;
  while (inName < name.length) {
    if (glob[at] === '*') {
      star = at++;
      runEnd = inName;
    } else if (glob[at] === '?' || glob[at] === name[inName]) {
      at++;
      inName++;
    } else if (star >= 0) {
      at = star + 1;
      inName = ++runEnd;
    } else {
      return false;
    }
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}
