import { databases } from './databases.mjs'
import { deploying } from './deploying.mjs'
import { histories } from './histories.mjs'
import { resolving } from './resolving.mjs'
import { surroundings } from './surroundings.mjs'

/**
 * Every scenario. Each has a `name` (the fixture's file name), a `title` (what it shows), `steps`, and `urlParameters`
 * where the URL has them.
 */
export const scenarios = [...deploying, ...resolving, ...histories, ...databases, ...surroundings]
