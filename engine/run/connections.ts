import { connectionView, type ConnectionHealth, type ConnectionView } from '#core/api/views.ts'
import { TerminalError } from '#core/errors.ts'
import type { Command } from '#core/ports.ts'
import type { ConnectionRow, Store } from '#core/store.ts'
import { authorize } from './authorize.ts'
import type { CaseKeys } from './case-keys.ts'
import type { CommandLog } from './command-log.ts'

/** A connection as a service needs it. */
export interface ResolvedConnection extends ConnectionView {
  /** The secret's value, only where the secret is bound to this address. */
  readonly credential: string | null
}

export interface Connections {
  list(tenant: string): ConnectionView[]
  put(command: Command & { connection: Asked }): ConnectionView
  putSecret(command: Command & { name: string; value: string }): void
  /** @throws TerminalError CONNECTION_UNKNOWN */
  resolve(tenant: string, name: string): ResolvedConnection
}

const asked = connectionView.omit({ source: true, health: true })
type Asked = Omit<ConnectionView, 'source' | 'health'>
const protocols: Readonly<Record<ConnectionView['kind'], readonly string[]>> = {
  bureau: ['http:', 'https:'],
  http: ['http:', 'https:'],
  sms: ['http:', 'https:'],
  smtp: ['smtp:', 'smtps:'],
}

/** Scheme, host and port; `URL.origin` says "null" for smtp. */
const originOf = (address: string): string => {
  const url = new URL(address)
  return `${url.protocol}//${url.host}`
}

/**
 * Connections and write-only secrets. A secret is bound to the first origin that it is used for; a
 * connection whose origin changes loses it, so that nobody gets a credential by pointing an address at
 * himself. Putting the secret's value again frees it for a new origin.
 */
export function connections(
  parts: {
    store: Store
    keys: CaseKeys
    commands: CommandLog
    health: (tenant: string, name: string) => ConnectionHealth
    changed: (tenant: string, name: string) => void
  },
  builtIn: readonly ResolvedConnection[],
): Connections {
  const { store, keys, commands } = parts
  const view = (row: ConnectionRow): ConnectionView => ({
    name: row.name,
    kind: row.kind as ConnectionView['kind'],
    address: row.address,
    settings: JSON.parse(row.settings) as ConnectionView['settings'],
    secret: row.secret,
    source: 'configured',
    ...(row.limits === null
      ? {}
      : { limits: JSON.parse(row.limits) as NonNullable<ConnectionView['limits']> }),
  })
  const check = (given: unknown): Asked => {
    const refuse = (name: string, detail: string) =>
      new TerminalError('CONNECTION_INVALID', { name, detail })
    const parsed = asked.safeParse(given)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw refuse('', `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
    }
    const { name, kind, address } = parsed.data
    if (!/^[a-z][a-z0-9-]*$/.test(name)) throw refuse(name, 'name it with a–z, 0–9 and -')
    const url = URL.canParse(address) ? new URL(address) : undefined
    if (!url || !protocols[kind].includes(url.protocol))
      throw refuse(name, `its address must begin with ${protocols[kind].join('// or ')}//`)
    if (url.username !== '' || url.password !== '')
      throw refuse(name, 'credentials do not belong into the address: save them as a secret')
    return parsed.data
  }

  /** The secret that the connection keeps: none where it is bound elsewhere. */
  const bound = (tenant: string, wanted: string | null, origin: string): string | null => {
    if (wanted === null) return null
    const secret = store.secrets.get(tenant, wanted)
    if (!secret) return null
    if (secret.origin === null) store.secrets.bind(tenant, wanted, origin)
    else if (secret.origin !== origin) return null
    return wanted
  }

  return {
    list(tenant) {
      const configured = store.connections.list(tenant).map(view)
      const names = new Set(configured.map(({ name }) => name))
      const rest = builtIn.filter(({ name }) => !names.has(name))
      const all = [...configured, ...rest.map(({ credential: _credential, ...shown }) => shown)]
      return all.map((each) => ({ ...each, health: parts.health(tenant, each.name) }))
    },
    put({ connection: given, ...command }) {
      const connection = check(given)
      const { name, kind, address, settings, limits } = connection
      const { tenant } = command
      authorize(command.actor, 'connection.put', { tenant, kind: 'connection', id: name })
      const saved = commands.write(
        command,
        { stream: `connection/${name}`, type: 'save' },
        (at) => {
          const row: ConnectionRow = {
            tenant,
            name,
            kind,
            address,
            settings: JSON.stringify(settings),
            secret: bound(tenant, connection.secret, originOf(address)),
            updatedAt: at,
            limits: limits === undefined ? null : JSON.stringify(limits),
            updatedBy: command.actor.id,
          }
          store.connections.put(row)
          return { answer: view(row), facts: { kind, address, secret: row.secret } }
        },
      )
      parts.changed(tenant, name)
      return saved
    },
    putSecret({ name, value, ...command }) {
      const { tenant } = command
      authorize(command.actor, 'secret.put', { tenant, kind: 'secret', id: name })
      commands.write(command, { stream: `secret/${name}`, type: 'save' }, (at) => {
        // Bound at once where a connection already names it.
        const user = store.connections.list(tenant).find(({ secret }) => secret === name)
        const origin = user ? originOf(user.address) : null
        const data = keys.sealSecret(tenant, name, value)
        const updatedBy = command.actor.id
        store.secrets.put({ tenant, name, origin, data, updatedAt: at, updatedBy })
        return { answer: undefined, facts: { origin } }
      })
    },
    resolve(tenant, name) {
      const row = store.connections.get(tenant, name)
      if (!row) {
        const found = builtIn.find((connection) => connection.name === name)
        if (!found) throw new TerminalError('CONNECTION_UNKNOWN', { connection: name })
        return found
      }
      const secret = row.secret === null ? undefined : store.secrets.get(tenant, row.secret)
      const mayGo = secret?.origin === originOf(row.address)
      const credential = mayGo ? keys.openSecret(tenant, secret.name, secret.data) : null
      return { ...view(row), credential }
    },
  }
}
