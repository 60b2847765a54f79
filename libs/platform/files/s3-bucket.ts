import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Settings } from '../settings';

/** An S3 bucket as a file store. The SDK is loaded only when it is used: it is large. */
export class S3Bucket {
  private readonly bucket: string;
  private readonly prefix: string;
  private client?: Promise<S3Client>;

  constructor(private readonly settings: Settings) {
    const { host, pathname } = new URL(settings.OPORA_FILES ?? '');
    this.bucket = host;
    this.prefix = pathname.replace(/^\/|\/$/g, '');
  }

  async put(key: string, path: string, size: number): Promise<void> {
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await this.connect();
    await client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: this.keyOf(key),
        Body: createReadStream(path),
        ContentLength: size,
      }),
    );
  }

  async get(key: string): Promise<Readable> {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await this.connect();
    const answer = await client.send(new GetObjectCommand({ Bucket: this.bucket, Key: this.keyOf(key) }));
    return answer.Body as Readable;
  }

  private keyOf(key: string): string {
    return this.prefix ? `${this.prefix}/${key}` : key;
  }

  private connect(): Promise<S3Client> {
    const { OPORA_S3_ENDPOINT, OPORA_S3_REGION, OPORA_S3_ACCESS_KEY, OPORA_S3_SECRET_KEY } = this.settings;
    const hasKeys = OPORA_S3_ACCESS_KEY !== undefined && OPORA_S3_SECRET_KEY !== undefined;
    return (this.client ??= import('@aws-sdk/client-s3').then(
      ({ S3Client }) =>
        new S3Client({
          endpoint: OPORA_S3_ENDPOINT,
          region: OPORA_S3_REGION ?? 'us-east-1',
          forcePathStyle: OPORA_S3_ENDPOINT !== undefined,
          requestChecksumCalculation: 'WHEN_REQUIRED',
          credentials: hasKeys ? { accessKeyId: OPORA_S3_ACCESS_KEY, secretAccessKey: OPORA_S3_SECRET_KEY } : undefined,
        }),
    ));
  }
}
