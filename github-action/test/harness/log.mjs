// A job's log as the runner treats it: secrets masked, workflow commands obeyed (ActionCommandManager.cs).

const COMMAND = /^::([^ :]+)(?: (.*?))?::(.*)$/;
const PER_STEP = 10;
const MESSAGE_LENGTH = 4096;

const unescaped = text => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");

export class Log {
  #masks;
  #resumeToken = null;
  #counted = {};

  constructor(secrets) {
    this.#masks = new Set(secrets.filter(Boolean));
    this.lines = [];
    this.annotations = [];
  }

  get text() {
    return this.lines.join("\n");
  }

  /** Each step has a command manager of its own, and ten annotations of each kind. */
  beginStep() {
    this.#resumeToken = null;
    this.#counted = {};
  }

  masked(text) {
    return [...this.#masks].sort((a, b) => b.length - a.length).reduce((rest, mask) => rest.replaceAll(mask, "***"), text);
  }

  holdsSecret(text) {
    return [...this.#masks].some(mask => text.includes(mask));
  }

  annotate(level, message, properties = "") {
    this.#counted[level] = (this.#counted[level] ?? 0) + 1;
    if (this.#counted[level] > PER_STEP) return;
    this.annotations.push({level, properties, message: this.masked(message).slice(0, MESSAGE_LENGTH)});
  }

  write(line) {
    const [, command, properties, value] = COMMAND.exec(line) ?? [];
    if (this.#resumeToken !== null) {
      if (command === this.#resumeToken) this.#resumeToken = null;
    } else if (command === "stop-commands") {
      this.#resumeToken = value;
    } else if (command === "add-mask") {
      unescaped(value).split(/\r?\n/).filter(Boolean).forEach(part => this.#masks.add(part));
      return;
    } else if (["error", "warning", "notice"].includes(command)) {
      this.annotate(command, unescaped(value), properties);
    }
    this.lines.push(this.masked(line));
  }
}
