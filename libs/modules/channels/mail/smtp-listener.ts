import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { systemContext } from '@opora/platform/context';
import { log } from '@opora/platform/log';
import { Settings } from '@opora/platform/settings';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Intake, LARGEST_MAIL } from '../intake.service';

const IDLE_MS = 120_000;
const MOST_CLIENTS = 100;
/** Bytes of mails that are just arriving, all together; beyond that senders are asked to come back later. */
const MOST_BYTES_IN_FLIGHT = 512 * 1024 * 1024;

type Answer = (error?: Error | null) => void;

/** Takes mail straight from SMTP senders. `250` is said only when the bytes are in the database; when it is away the sender keeps the mail. */
@Injectable()
export class SmtpListener implements OnModuleDestroy {
  private server?: SMTPServer;
  private bytesInFlight = 0;

  constructor(
    private readonly intake: Intake,
    private readonly settings: Settings,
  ) {}

  /** Starts listening; the port it got. Port 0 in the settings keeps it off. */
  async start(port = this.settings.OPORA_SMTP_PORT, host = this.settings.OPORA_SMTP_HOST): Promise<number> {
    const server = new SMTPServer({
      name: this.settings.OPORA_MAIL_DOMAIN,
      banner: 'Opora',
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      size: LARGEST_MAIL,
      maxClients: MOST_CLIENTS,
      socketTimeout: IDLE_MS,
      disableReverseLookup: true,
      onData: (stream, session, answer) => void this.receive(stream, session, answer),
    });
    server.on('error', (error) => log.warn({ err: String(error) }, 'smtp listener'));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const address = server.server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async onModuleDestroy(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession, answer: Answer): Promise<void> {
    const chunks: Buffer[] = [];
    let size = 0;
    const isCrowded = this.bytesInFlight > MOST_BYTES_IN_FLIGHT;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > LARGEST_MAIL || isCrowded) continue;
        this.bytesInFlight += chunk.length;
        chunks.push(chunk);
      }
      if (stream.sizeExceeded || size > LARGEST_MAIL) return answer(refusal(552, '5.3.4 Message too big'));
      if (isCrowded) return answer(refusal(452, '4.3.1 Too busy, try again later'));
      const { mailFrom, rcptTo } = session.envelope;
      const id = await this.intake.accept(systemContext('smtp'), {
        channel: 'smtp',
        raw: Buffer.concat(chunks),
        envelopeFrom: mailFrom ? mailFrom.address : '',
        envelopeTo: rcptTo.map(({ address }) => address),
      });
      log.debug({ intakeId: id, size }, 'mail received');
      answer();
    } catch (error) {
      log.warn({ err: String(error) }, 'mail could not be kept');
      answer(refusal(451, '4.3.0 Temporary failure, try again later'));
    } finally {
      this.bytesInFlight -= chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    }
  }
}

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });
