import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IsOptional } from 'class-validator';
import { Context, type Ctx } from '../context';
import { Flag } from '../http/params';
import { Returns } from '../http/returns';
import { PortalOnly, Public, SignedIn } from '../permissions';
import { isShownInline } from './file-name';
import { FileTokenParam, FileView, toFileView } from './files.dto';
import { FileError } from './files.errors';
import { Files } from './files.service';

class FileQuery {
  /** Sends the file as a download whatever it is. */
  @IsOptional()
  @Flag()
  download?: boolean;
}

const FILE_BODY = {
  schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
};

@ApiTags('files')
@Controller()
export class FilesController {
  constructor(private readonly files: Files) {}

  /** Uploads one file (multipart field `file`); it is yours until a ticket or comment takes it. */
  @Post('files')
  @SignedIn()
  @ApiConsumes('multipart/form-data')
  @ApiBody(FILE_BODY)
  @Returns(FileView, 201)
  async upload(@Context() ctx: Ctx, @Req() request: FastifyRequest) {
    return this.receive(ctx, request);
  }

  /** Uploads one file from the portal. */
  @Post('portal/files')
  @PortalOnly()
  @ApiConsumes('multipart/form-data')
  @ApiBody(FILE_BODY)
  @Returns(FileView, 201)
  async uploadFromPortal(@Context() ctx: Ctx, @Req() request: FastifyRequest) {
    return this.receive(ctx, request);
  }

  /** The bytes behind a link taken from a view. Active content is always a download. */
  @Get('files/:token')
  @Public('the link itself is the proof: signed, five minutes')
  @ApiProduces('application/octet-stream')
  async download(
    @Context() ctx: Ctx,
    @Param() { token }: FileTokenParam,
    @Query() { download }: FileQuery,
    @Res() reply: FastifyReply,
  ) {
    const { file, content } = await this.files.open(ctx, token);
    const inline = isShownInline(file.mime) && download !== true;
    await reply
      .header('content-type', inline ? file.mime : 'application/octet-stream')
      .header('content-length', String(file.size))
      .header(
        'content-disposition',
        `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
      )
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=300')
      .send(content);
  }

  private async receive(ctx: Ctx, request: FastifyRequest): Promise<FileView> {
    const part = request.isMultipart() ? await request.file() : undefined;
    if (!part || part.fieldname !== 'file') throw FileError.empty();
    const file = await this.files.store(ctx, {
      name: part.filename ?? 'file',
      mime: part.mimetype,
      content: part.file,
    });
    return toFileView(ctx, this.files, file);
  }
}
