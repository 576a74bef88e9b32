import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import { ChangeStaffDto, InviteStaffDto, StaffList, StaffResponse } from './staff.dto.js';
import { StaffService } from './staff.service.js';

/** 利用者 */
@ApiTags('staff')
@Controller('users')
export class StaffController {
  constructor(private readonly staff: StaffService) {}

  @Get()
  @Endpoint({ summary: 'The accounts of staff', access: Permission.ReadStaff })
  list(@CurrentViewer() viewer: SessionViewer): Promise<StaffList> {
    return this.staff.list(viewer);
  }

  @Get(':id')
  @SendsEtag()
  @Endpoint({ summary: 'One account', access: Permission.ReadStaff, problems: ['not-found'] })
  get(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<StaffResponse> {
    return this.staff.get(viewer, id);
  }

  @Post()
  @SendsEtag()
  @Endpoint({
    summary: 'Invite a member of staff',
    description: 'A number and a code are mailed, with which password and authenticator app are set at `/i`.',
    access: Permission.ManageStaff,
    problems: ['address-in-use'],
    status: 201,
  })
  invite(@CurrentViewer() viewer: SessionViewer, @Body() body: InviteStaffDto): Promise<StaffResponse> {
    return this.staff.invite(viewer, body);
  }

  @Patch(':id')
  @RequiresIfMatch()
  @SendsEtag()
  @Endpoint({
    summary: 'Change address, name or roles',
    description:
      'Another address ends sessions and invitations; both addresses are told. One active admin has to remain.',
    access: Permission.ManageStaff,
    problems: ['not-found', 'address-in-use', 'last-admin', 'stale-version', 'if-match-required'],
  })
  change(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @Body() body: ChangeStaffDto,
  ): Promise<StaffResponse> {
    return this.staff.change(viewer, id, version, body);
  }

  @Post(':id/invite')
  @SendsEtag()
  @Endpoint({
    summary: 'Invite again, so that password and authenticator app can be set anew',
    description: 'Those from before hold until the invitation is accepted.',
    access: Permission.ManageStaff,
    problems: ['not-found', 'account-not-active'],
  })
  inviteAgain(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<StaffResponse> {
    return this.staff.inviteAgain(viewer, id);
  }

  @Post(':id/disable')
  @SendsEtag()
  @Endpoint({
    summary: 'Close an account',
    description:
      'Ends its sessions and invitations; its tasks are everybody’s again. One active admin has to remain.',
    access: Permission.ManageStaff,
    problems: ['not-found', 'account-not-active', 'last-admin'],
  })
  disable(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<StaffResponse> {
    return this.staff.disable(viewer, id);
  }

  @Post(':id/enable')
  @SendsEtag()
  @Endpoint({
    summary: 'Open a closed account again',
    access: Permission.ManageStaff,
    problems: ['not-found', 'account-not-active'],
  })
  enable(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<StaffResponse> {
    return this.staff.enable(viewer, id);
  }
}
