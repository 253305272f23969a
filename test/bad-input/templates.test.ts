import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { uploadFiles } from '#engine/adapters/templates/upload-files.ts'
import { temporary } from './open-product.ts'

it('a case of a template uploads nothing from outside of its folder', async () => {
  const parent = await temporary()
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const folder = join(parent, 'template')
  await mkdir(folder)
  await writeFile(join(parent, 'token'), 'secret')
  await writeFile(join(folder, 'card.png'), 'inside')
  const uploaded: string[] = []
  const put = (bytes: Uint8Array, { name, type }: { name: string; type: string }) => {
    uploaded.push(name)
    return { blob: 'sha256:0', name, type, size: bytes.length }
  }
  const upload = (file: string) =>
    uploadFiles({ deep: [{ $file: file }] }, { folder, confined: true, put })
  const outside = ['../token', '/etc/hostname', 'x/../../token', join(parent, 'token'), '..']
  for (const file of outside)
    await expect(upload(file)).rejects.toMatchObject({ code: 'FILE_OUTSIDE' })
  for (const file of ['none.png', '.', ''])
    await expect(upload(file)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  expect(uploaded).toEqual([])
  await upload('x/../card.png')
  expect(uploaded).toEqual(['card.png'])
})
