import type { ConnectionView } from '#core/api/views.ts'
import { duration } from '#core/graph/flow.ts'

export type Kind = ConnectionView['kind']
export type Auth = 'bearer' | 'basic' | 'header'

/** What the form holds while a connection is edited; the secret only travels to the server. */
export interface ConnectionForm {
  readonly name: string
  readonly kind: Kind
  readonly address: string
  readonly auth: Auth
  readonly user: string
  readonly header: string
  readonly from: string
  readonly secret: string
  /** Calls per time, `''` for no limit. */
  readonly rateCalls: number | ''
  readonly ratePer: string
  readonly concurrency: number | ''
}

type Settings = ConnectionView['settings']
const textOf = (value: Settings[string] | undefined): string =>
  value === undefined ? '' : String(value)
const authOf = (value: Settings[string] | undefined): Auth =>
  value === 'basic' || value === 'header' ? value : 'bearer'

export const emptyForm: ConnectionForm = {
  name: '',
  kind: 'http',
  address: '',
  auth: 'bearer',
  user: '',
  header: '',
  from: '',
  secret: '',
  rateCalls: '',
  ratePer: '1s',
  concurrency: '',
}

export const formOf = ({
  name,
  kind,
  address,
  settings,
  limits,
}: ConnectionView): ConnectionForm => ({
  name,
  kind,
  address,
  auth: authOf(settings['auth']),
  user: textOf(settings['user']),
  header: textOf(settings['header']),
  from: textOf(settings['from']),
  secret: '',
  rateCalls: limits?.rate?.calls ?? '',
  ratePer: limits?.rate?.per ?? '1s',
  concurrency: limits?.concurrency ?? '',
})

export interface FormProblems {
  readonly name?: 'nameBad' | 'nameTaken'
  readonly address?: 'addressBad_http' | 'addressBad_smtp'
  readonly ratePer?: 'ratePerBad'
}

const isAddress = (kind: Kind, address: string): boolean =>
  URL.canParse(address) && (kind === 'smtp' ? /^smtps?:\/\/[^/]/ : /^https?:\/\/[^/]/).test(address)

/** What is wrong with the form, by field. `taken` are the names of the other connections. */
export function problemsOf(form: ConnectionForm, taken: readonly string[]): FormProblems {
  const name = !/^[a-z][a-z0-9-]*$/.test(form.name)
    ? 'nameBad'
    : taken.includes(form.name)
      ? 'nameTaken'
      : undefined
  const address = isAddress(form.kind, form.address)
    ? undefined
    : form.kind === 'smtp'
      ? 'addressBad_smtp'
      : 'addressBad_http'
  const perIsRight = form.rateCalls === '' || duration.safeParse(form.ratePer).success
  return {
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(perIsRight ? {} : { ratePer: 'ratePerBad' }),
  }
}

/** Those of the form over those that it does not show. */
function limitsOf(
  { rateCalls, ratePer, concurrency }: ConnectionForm,
  before: ConnectionView['limits'],
): Pick<ConnectionView, 'limits'> {
  const { rate: _rate, concurrency: _concurrency, ...rest } = before ?? {}
  const limits = {
    ...rest,
    ...(rateCalls === '' ? {} : { rate: { calls: rateCalls, per: ratePer } }),
    ...(concurrency === '' ? {} : { concurrency }),
  }
  return Object.keys(limits).length === 0 ? {} : { limits }
}

const filled = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))

/**
 * The connection to save: settings that the form does not show are kept, those of another way to
 * authenticate are dropped, and a first secret takes the connection's name.
 */
export function connectionOf(
  form: ConnectionForm,
  before: ConnectionView | null,
): Omit<ConnectionView, 'source' | 'health'> {
  const { auth: _auth, user: _user, header: _header, from: _from, ...kept } = before?.settings ?? {}
  const own =
    form.kind === 'smtp'
      ? filled({ from: form.from, user: form.user })
      : filled({
          auth: form.auth === 'bearer' ? '' : form.auth,
          user: form.auth === 'basic' ? form.user : '',
          header: form.auth === 'header' ? form.header : '',
        })
  const secret = before?.secret ?? (form.secret === '' ? null : form.name)
  return {
    name: form.name,
    kind: form.kind,
    address: form.address.trim(),
    settings: { ...kept, ...own },
    secret,
    ...limitsOf(form, before?.limits),
  }
}
