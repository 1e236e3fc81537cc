// The project directory of one scenario.
import fs from 'node:fs/promises'
import path from 'node:path'

export class Project {
  constructor(folder) {
    this.folder = folder
  }

  async write(files) {
    for (const [file, content] of Object.entries(files)) {
      const target = this.path(file)
      await fs.mkdir(path.dirname(target), { recursive: true })
      await fs.writeFile(target, typeof content === 'string' ? content : Buffer.from(content.base64, 'base64'))
    }
  }

  async directory(name) {
    await fs.mkdir(this.path(name), { recursive: true })
  }

  async remove(name) {
    await fs.rm(this.path(name), { recursive: true })
  }

  path(name) {
    return path.join(this.folder, name)
  }
}
