import { blobUrl } from '../../api/blobs.ts'
import { t } from '../messages.ts'
import type { FileRef } from './file-ref.ts'
import styles from './ValueView.module.css'

export interface FilePreviewProps {
  readonly file: FileRef
  /** CSS length */
  readonly height: string
}

/** The picture or the PDF itself; other types say that they have no preview. */
export function FilePreview({ file, height }: FilePreviewProps) {
  const name = t('previewOf', { name: file.name })
  if (file.type.startsWith('image/'))
    return (
      <div
        className={styles['picture']}
        style={{ height }}
        role="region"
        aria-label={name}
        tabIndex={0}
      >
        <img src={blobUrl(file.blob)} alt="" />
      </div>
    )
  if (file.type === 'application/pdf')
    return (
      <iframe className={styles['pdf']} style={{ height }} src={blobUrl(file.blob)} title={name} />
    )
  return <div className={styles['no-preview']}>{t('noPreview', { type: file.type })}</div>
}
