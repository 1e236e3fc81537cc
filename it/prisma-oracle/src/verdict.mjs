// What the CLI said, cut down to what is the same in every run.

/** Lines about how the CLI was set up, not about the migrations. */
const NOISE = [
  /^Loaded Prisma config/,
  /^Prisma config detected/,
  /^Prisma schema loaded/,
  /^Datasource "/,
  /^WARNING: Your schema specifies/,
  /^- url$/,
  /^The values from your schema/,
  /^We recommend you to remove/,
  // A trace of the engine's source lines.
  /^\s+\d+: \w+(::\w+)+/,
  /^\s+with \w+=/,
  /^\s+at schema-engine\//,
]

/** Exit code, Prisma's error code (or null) and the lines of stdout, then of stderr. */
export function verdict({ exit, stdout, stderr }, database) {
  // CLI 6 runs the engine's WebAssembly build by itself, which has no better words for a script that failed.
  const failedScript = /^Error: external connector error/m.test(stderr) ? 'P3018' : null
  const code = /^Error: (P\d{4})/m.exec(stderr)?.[1] ?? failedScript
  return { exit, code, verdict: [...lines(stdout, database), ...lines(stderr, database)] }
}

function lines(text, database) {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line && !NOISE.some((noise) => noise.test(line)))
    .map((line) =>
      line
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? UTC/g, '<time>')
        .replaceAll(database.name, '<database>')
        .replace(/[\w.]+:\d{1,5}\b/g, '<server>'),
    )
}
