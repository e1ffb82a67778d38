/**
 * Whether a glob matches a whole name: `*` matches any number of characters, `?` exactly one, any other character itself.
 * After a mismatch only the latest `*` is extended; earlier ones cannot make a difference, so the time grows with the
 * product of both lengths at most.
 */
export function matchesGlob(glob: string, name: string): boolean {
  let inGlob = 0;
  let inName = 0;
  let star = -1;
  let starEnd = 0;
  while (inName < name.length) {
    if (glob[inGlob] === '*') {
      star = inGlob++;
      starEnd = inName;
    } else if (glob[inGlob] === '?' || glob[inGlob] === name[inName]) {
      inGlob++;
      inName++;
    } else if (star >= 0) {
      inGlob = star + 1;
      inName = ++starEnd;
    } else {
      return false;
    }
  }
  while (glob[inGlob] === '*') inGlob++;
  return inGlob === glob.length;
}
