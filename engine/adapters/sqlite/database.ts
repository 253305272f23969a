import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'

/** Version 13 needs Node 22; version 12 serves Node 20, but its statements abort Node 24 when they are collected. */
const name =
  Number(process.versions.node.split('.')[0]) >= 22 ? 'better-sqlite3-13' : 'better-sqlite3'

/** The driver for the running Node; both versions read the same files. */
export const Database = createRequire(import.meta.url)(name) as typeof BetterSqlite3
