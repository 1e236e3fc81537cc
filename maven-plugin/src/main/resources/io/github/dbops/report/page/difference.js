// What changed inside a value, word by word.

const WORDS = /[\p{L}\p{M}\p{N}_]+|[^\S\n]+|./gsu;

// A table of this many fields is filled without being noticed; beyond it the middle counts as changed as a whole.
const MOST_FIELDS = 90_000;

/**
 * Both texts as parts {text, changed}: joined, each side's parts are its text, and the unchanged ones of both are equal.
 * Where hardly anything is common nothing is marked, because everything changed.
 */
function difference(before, after) {
  const old = words(before);
  const now = words(after);
  const start = commonStart(old, now);
  const end = commonStart(old.slice(start).reverse(), now.slice(start).reverse());
  const middle = pairs(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const kept = [
    ...Array.from({length: start}, (_, i) => [i, i]),
    ...middle.map(([i, j]) => [start + i, start + j]),
    ...Array.from({length: end}, (_, i) => [old.length - end + i, now.length - end + i]),
  ];
  const calm = withoutConfetti(kept, old, now);
  return isNews(calm, old, now)
    ? {before: [{text: before, changed: false}], after: [{text: after, changed: false}]}
    : {before: parts(old, calm.map(([i]) => i)), after: parts(now, calm.map(([, j]) => j))};
}

function words(text) {
  return text.match(WORDS) ?? [];
}

function commonStart(one, other) {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}

// The longest common subsequence: pairs of positions.
function pairs(old, now) {
  if (old.length * now.length > MOST_FIELDS) return [];
  const width = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      longest[i * width + j] = old[i] === now[j]
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < old.length && j < now.length;) {
    if (old[i] === now[j]) found.push([i++, j++]);
    else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i++;
    else j++;
  }
  return found;
}

// A lone blank or comma between two changes helps nobody to see what stayed.
function withoutConfetti(kept, old, now) {
  const runs = [];
  for (const pair of kept) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (last && last[0] + 1 === pair[0] && last[1] + 1 === pair[1]) run.push(pair);
    else runs.push([pair]);
  }
  return runs.filter(run => {
    const outer = run[0][0] === 0 && run[0][1] === 0
      || run.at(-1)[0] === old.length - 1 && run.at(-1)[1] === now.length - 1;
    return outer || run.some(([i]) => /[\p{L}\p{N}]/u.test(old[i]));
  }).flat();
}

function isNews(kept, old, now) {
  const size = list => list.reduce((sum, word) => sum + word.trim().length, 0);
  return size(kept.map(([i]) => old[i])) * 4 < Math.max(size(old), size(now));
}

function parts(all, kept) {
  const stays = new Set(kept);
  const result = [];
  all.forEach((text, i) => {
    const changed = !stays.has(i);
    if (result.at(-1)?.changed === changed) result.at(-1).text += text;
    else result.push({text, changed});
  });
  return result;
}
