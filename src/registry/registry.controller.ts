import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../platform/access/access.decorators.js';
import { Permission } from '../platform/access/permission.js';
import type { SessionViewer } from '../platform/access/viewer.js';
import { Endpoint } from '../platform/http/endpoint.js';
import { IfMatch, RequiresIfMatch, SendsEtag } from '../platform/http/etag.js';
import {
  AcceptsIdempotencyKey,
  IdempotencyKey,
  type IdempotentRequest,
} from '../platform/http/idempotency-key.js';
import { MunicipalitiesService } from './municipalities.service.js';
import {
  AssociationList,
  MunicipalitiesQuery,
  MunicipalityPage,
  MunicipalityQuery,
  MunicipalityResponse,
} from './municipality.dto.js';
import {
  ConfirmationResponse,
  CreateRegistrationDto,
  HistoryPage,
  HistoryQuery,
  RegistrationPage,
  RegistrationResponse,
  RegistrationsQuery,
} from './registration.dto.js';
import { RegistrationsService } from './registrations.service.js';

@ApiTags('registry')
@Controller()
export class RegistryController {
  constructor(
    private readonly municipalities: MunicipalitiesService,
    private readonly registrations: RegistrationsService,
  ) {}

  @Get('municipalities')
  @Endpoint({ summary: 'Search the master of municipalities', access: Permission.ReadMaster })
  listMunicipalities(
    @CurrentViewer() viewer: SessionViewer,
    @Query() query: MunicipalitiesQuery,
  ): Promise<MunicipalityPage> {
    return this.municipalities.list(viewer, query);
  }

  @Get('municipalities/:code')
  @Endpoint({
    summary: 'One municipality by its code',
    access: Permission.ReadMaster,
    problems: ['not-found'],
  })
  getMunicipality(
    @CurrentViewer() viewer: SessionViewer,
    @Param('code') code: string,
    @Query() query: MunicipalityQuery,
  ): Promise<MunicipalityResponse> {
    return this.municipalities.get(viewer, code, query);
  }

  @Get('associations')
  @Endpoint({ summary: 'Associations with an agreement, and whom it covers', access: Permission.ReadMaster })
  listAssociations(@CurrentViewer() viewer: SessionViewer): Promise<AssociationList> {
    return this.municipalities.listAssociations(viewer);
  }

  @Get('registrations')
  @Endpoint({ summary: 'Search the registrations', access: Permission.ListRegistrations })
  listRegistrations(
    @CurrentViewer() viewer: SessionViewer,
    @Query() query: RegistrationsQuery,
  ): Promise<RegistrationPage> {
    return this.registrations.list(viewer, query);
  }

  @Post('registrations')
  @SendsEtag()
  @AcceptsIdempotencyKey()
  @Endpoint({
    summary: 'Register a municipality and invite its mailboxes',
    access: Permission.CreateRegistration,
    problems: ['already-registered'],
    status: 201,
  })
  createRegistration(
    @CurrentViewer() viewer: SessionViewer,
    @IdempotencyKey() request: IdempotentRequest | null,
    @Body() body: CreateRegistrationDto,
  ): Promise<RegistrationResponse> {
    return this.registrations.create(viewer, body, request);
  }

  @Get('registrations/:id')
  @SendsEtag()
  @Endpoint({
    summary: 'One registration with its freshness',
    access: Permission.ReadRegistration,
    problems: ['not-found'],
  })
  getRegistration(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<RegistrationResponse> {
    return this.registrations.get(viewer, id);
  }

  @Get('registrations/:id/history')
  @Endpoint({
    summary: 'Its versions with their changes, newest first',
    access: Permission.ReadRegistration,
    problems: ['not-found'],
  })
  getHistory(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: HistoryQuery,
  ): Promise<HistoryPage> {
    return this.registrations.history(viewer, id, query);
  }

  @Post('registrations/:id/confirmations')
  @SendsEtag()
  @RequiresIfMatch()
  @AcceptsIdempotencyKey()
  @Endpoint({
    summary: 'Confirm that nothing has changed',
    description: 'By a member of the municipality, or by staff who heard it on the telephone.',
    access: Permission.ConfirmRegistration,
    problems: ['not-found', 'registration-withdrawn', 'stale-version', 'if-match-required'],
    status: 201,
  })
  confirm(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() version: number,
    @IdempotencyKey() request: IdempotentRequest | null,
  ): Promise<ConfirmationResponse> {
    return this.registrations.confirm(viewer, id, version, request);
  }
}
