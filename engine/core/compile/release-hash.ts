import { hashJson } from '#core/hash.ts'
import type { Json } from '#core/json.ts'
import type { Release } from '#core/release.ts'

/** A release's name: equal content, equal hash. */
export const releaseHash = (release: Release): string => hashJson(release as unknown as Json)
