import {
  Controller,
  Delete,
  Get,
  Header,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { FILE_MEDIA_TYPE, FileBody, type IncomingFile, TakesFile } from '../platform/http/file-body.js';
import { AttachedResponse, AttachmentQuery, DetachedResponse } from './attachment.dto.js';
import { AttachmentsService } from './attachments.service.js';

/** Whatever stands in a file, a browser that is made to show it lets it do nothing. */
const SANDBOX = "sandbox; default-src 'none'";

const text = (description: string, example: string): object => ({
  description,
  schema: { type: 'string', example },
});

@ApiTags('announcements')
@Controller('announcements/:id/attachments')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  @Post()
  @TakesFile()
  @Endpoint({
    summary: 'Attach a file: the body is the file itself',
    description:
      'PDF, docx, xlsx, pptx, odt, ods, odp, JPEG, PNG, plain text and CSV (UTF-8 or Shift_JIS), judged by content and ' +
      'by name. What is too large or of another kind is answered before all of it has come. `attachment-too-large` ' +
      'tells `maxBytes`, `too-many-attachments` tells `maxCount`, `attachment-kind` and `attachment-name-differs` tell ' +
      'what was `found`. On an announcement that is out, it is a correction: the next revision, with a note that members ' +
      'read; nobody is mailed or asked to acknowledge anew.',
    access: Permission.WriteAnnouncement,
    status: 201,
    problems: [
      'not-found',
      'announcement-ended',
      'too-many-attachments',
      'attachment-too-large',
      'file-expected',
      'attachment-kind',
      'attachment-macros',
      'attachment-name-differs',
      'attachment-damaged',
    ],
  })
  attach(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { name }: AttachmentQuery,
    @FileBody() file: IncomingFile,
  ): Promise<AttachedResponse> {
    return this.attachments.attach(viewer, id, name, file);
  }

  @Get(':attachmentId')
  @Header('Content-Security-Policy', SANDBOX)
  @ApiOkResponse({
    content: { [FILE_MEDIA_TYPE]: { schema: { type: 'string', format: 'binary' } } },
    headers: {
      'Content-Disposition': text('Always a download.', `attachment; filename="attachment.pdf"`),
      'Content-Length': text('Bytes.', '184320'),
      'Content-Security-Policy': text('Nothing in it may run.', SANDBOX),
    },
  })
  @Endpoint({
    summary: 'Download a file that goes with an announcement',
    description:
      'For whoever may read the announcement. The `Content-Type` is the one that was found in its content.',
    access: Permission.ReadAnnouncement,
    problems: ['not-found'],
  })
  async download(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
  ): Promise<StreamableFile> {
    const { content, ...headers } = await this.attachments.open(viewer, id, attachmentId);
    return new StreamableFile(content, headers);
  }

  @Delete(':attachmentId')
  @Endpoint({
    summary: 'Take a file off an announcement',
    description:
      'Of an announcement that is out, it is kept and shown to nobody, and taking it off is a correction as attaching is.',
    access: Permission.WriteAnnouncement,
    problems: ['not-found', 'announcement-ended'],
  })
  detach(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
  ): Promise<DetachedResponse> {
    return this.attachments.detach(viewer, id, attachmentId);
  }
}
