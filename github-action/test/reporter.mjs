// Tells each test's result to the build, one line each: state, name, message, with tabs between.
const oneLine = text => text.replaceAll("\n", "\\n").replaceAll("\t", " ");

export default async function* reporter(events) {
  for await (const {type, data} of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details?.type === "suite" && !data.skip) continue;
    const file = (data.file ?? "").split("/").at(-1).replace(".test.mjs", "");
    const name = `${file}: ${data.name}`;
    const state = data.skip !== undefined ? "skipped" : type === "test:pass" ? "passed" : "failed";
    const why = data.details?.error?.cause ?? data.details?.error;
    const message = state === "skipped" ? String(data.skip) : state === "failed" ? String(why?.stack ?? why) : "";
    yield `${state}\t${oneLine(name)}\t${oneLine(message)}\n`;
  }
}
