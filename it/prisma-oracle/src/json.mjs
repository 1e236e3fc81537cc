// JSON that people read in a review: what fits into a line stands in one line.
const WIDTH = 240

/** The value as JSON, ending in a newline; keys keep their order. */
export function json(value) {
  return print(value, '') + '\n'
}

function print(value, indent) {
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value)
  }
  const entries = Array.isArray(value)
    ? value.map((element) => ['', element])
    : Object.entries(value).map(([key, element]) => [JSON.stringify(key) + ': ', element])
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  if (entries.length === 0) {
    return open + close
  }
  const oneLine = open + ' ' + entries.map(([key, element]) => key + print(element, '')).join(', ') + ' ' + close
  if (!oneLine.includes('\n') && (indent + oneLine).length <= WIDTH) {
    return oneLine
  }
  const inner = indent + '  '
  const lines = entries.map(([key, element]) => inner + key + print(element, inner))
  return open + '\n' + lines.join(',\n') + '\n' + indent + close
}
