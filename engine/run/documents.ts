import { ValidationError, TerminalError } from '#core/errors.ts'
import type { Finding } from '#core/graph/finding.ts'
import type { Parsed } from '#core/graph/parse.ts'
import { canonicalJson, isObject, type Json } from '#core/json.ts'
import type { Command } from '#core/ports.ts'
import type { DocumentSummary } from '#core/api/views.ts'
import type { DocumentKind, DraftRow, Store, VersionRow } from '#core/store.ts'
import { authorize } from './authorize.ts'
import type { DocumentStore } from './engine.ts'
import type { CommandLog } from './command-log.ts'

export interface DocumentRules<T extends { readonly id: string; readonly name: string }> {
  readonly kind: DocumentKind
  readonly parse: (given: unknown) => Parsed<T>
  readonly canonical: (document: T) => string
  readonly validate: (tenant: string, document: T) => Finding[]
  /** What a new version is known by, and what else must stand on disk beside it. */
  readonly freeze: (
    tenant: string,
    document: T,
  ) => { readonly hash: string; readonly findings: readonly Finding[]; readonly keep: () => void }
}

/** Drafts that can always be saved, versions that never change; the same for flows and decisions. */
export function documents<
  T extends { readonly id: string; readonly name: string; readonly description: string },
>(parts: { store: Store; commands: CommandLog }, rules: DocumentRules<T>): DocumentStore {
  const { store, commands } = parts
  const { kind } = rules
  const refuse = (id: string, findings: readonly Finding[]) =>
    new ValidationError('DOCUMENT_HAS_ERRORS', findings, { id, count: findings.length })
  const mustHave = (tenant: string, id: string): DraftRow => {
    const row = store.documents.draft(tenant, kind, id)
    if (!row) throw new TerminalError('NOT_FOUND', { what: kind, id })
    return row
  }
  const read = (body: string): T => JSON.parse(body) as T
  const summary = (row: DraftRow, newest: VersionRow | undefined): DocumentSummary => {
    const document = read(row.body)
    return {
      id: row.id,
      name: document.name,
      description: document.description,
      draft: row.draft,
      version: newest?.version ?? null,
      changed: newest === undefined || meaningOf(document) !== meaningOf(read(newest.body)),
      updatedAt: row.updatedAt,
      updatedBy: row.updatedBy,
    }
  }
  const errorsOf = (findings: readonly Finding[]) =>
    findings.filter(({ severity }) => severity === 'error')

  return {
    save({ document: given, ifMatch, ...command }) {
      const parsed = rules.parse(given)
      if (!parsed.ok) {
        const detail = String(parsed.findings[0]?.params['detail'] ?? '')
        throw new ValidationError('DOCUMENT_INVALID', parsed.findings, { detail })
      }
      const { document } = parsed
      const { id } = document
      authorize(command.actor, 'document.save', { tenant: command.tenant, kind, id })
      return commands.write(command, { stream: `${kind}/${id}`, type: 'save' }, (at) => {
        const before = store.documents.draft(command.tenant, kind, id)
        if (ifMatch !== undefined && ifMatch !== (before?.draft ?? 0))
          throw new TerminalError('DRAFT_CONFLICT', {
            id,
            by: before?.updatedBy ?? '',
            current: before?.draft ?? 0,
            expected: ifMatch,
          })
        const draft = (before?.draft ?? 0) + 1
        store.documents.saveDraft({
          tenant: command.tenant,
          kind,
          id,
          draft,
          body: rules.canonical(document),
          updatedAt: at,
          updatedBy: command.actor.id,
        })
        return { answer: { id, draft }, facts: { draft } }
      })
    },
    list: (tenant) =>
      store.documents
        .drafts(tenant, kind)
        .map((row) => summary(row, store.documents.version(tenant, kind, row.id))),
    get(tenant, id, version) {
      const draft = mustHave(tenant, id)
      const versions = store.documents.versions(tenant, kind, id)
      const asked = versions.find((row) => row.version === version)
      if (version !== undefined && !asked)
        throw new TerminalError('NOT_FOUND', { what: `${kind} version`, id: `${id}@${version}` })
      return {
        ...summary(draft, versions[0]),
        document: read((asked ?? draft).body),
        versions: versions.map((row) => ({
          version: row.version,
          hash: row.hash,
          publishedAt: row.publishedAt,
          publishedBy: row.publishedBy,
        })),
      }
    },
    validate(tenant, id, given) {
      const parsed = rules.parse(given ?? read(mustHave(tenant, id).body))
      const findings = parsed.ok ? rules.validate(tenant, parsed.document) : parsed.findings
      return { valid: errorsOf(findings).length === 0, findings }
    },
    publish({ id, ...command }: Command & { id: string }) {
      authorize(command.actor, 'document.publish', { tenant: command.tenant, kind, id })
      const document = read(mustHave(command.tenant, id).body)
      const errors = errorsOf(rules.validate(command.tenant, document))
      if (errors.length > 0) throw refuse(id, errors)
      const frozen = rules.freeze(command.tenant, document)
      if (frozen.findings.length > 0) throw refuse(id, frozen.findings)
      const newest = store.documents.version(command.tenant, kind, id)
      if (newest?.hash === frozen.hash) return { version: newest.version }
      return commands.write(command, { stream: `${kind}/${id}`, type: 'publish' }, (at) => {
        const version = (newest?.version ?? 0) + 1
        frozen.keep()
        store.documents.addVersion({
          tenant: command.tenant,
          kind,
          id,
          version,
          body: rules.canonical(document),
          hash: frozen.hash,
          publishedAt: at,
          publishedBy: command.actor.id,
        })
        return { answer: { version }, facts: { version, hash: frozen.hash } }
      })
    },
  }
  function meaningOf(document: T): string {
    const {
      layout: _layout,
      notes: _notes,
      groups: _groups,
      ...meaning
    } = document as unknown as Record<string, Json>
    return isObject(meaning) ? canonicalJson(meaning as Json) : ''
  }
}
