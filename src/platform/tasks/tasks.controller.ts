import { Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentViewer } from '../access/access.decorators.js';
import { Permission } from '../access/permission.js';
import type { SessionViewer } from '../access/viewer.js';
import { Endpoint } from '../http/endpoint.js';
import { TaskPage, TaskResponse, TasksQuery } from './task.dto.js';
import { Tasks } from './tasks.service.js';

@ApiTags('tasks')
@Controller('tasks')
export class TasksController {
  constructor(private readonly tasks: Tasks) {}

  @Get()
  @Endpoint({
    summary: 'Everything that waits for a person of the office, most pressing first',
    description: 'Only what somebody with one of the caller’s roles can do.',
    access: Permission.ReadTasks,
  })
  list(@CurrentViewer() viewer: SessionViewer, @Query() query: TasksQuery): Promise<TaskPage> {
    return this.tasks.list(viewer, query);
  }

  @Post(':id/take')
  @Endpoint({ summary: 'Take a task on', access: Permission.DoTasks, problems: ['not-found'] })
  take(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<TaskResponse> {
    return this.tasks.take(viewer, id);
  }

  @Post(':id/release')
  @Endpoint({ summary: 'Give a task back to everybody', access: Permission.DoTasks, problems: ['not-found'] })
  release(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<TaskResponse> {
    return this.tasks.release(viewer, id);
  }

  @Post(':id/done')
  @Endpoint({
    summary: 'Say that a task is done',
    description: 'Only where nothing else tells; the others close when what they are about is dealt with.',
    access: Permission.DoTasks,
    problems: ['not-found', 'task-closes-itself'],
  })
  done(
    @CurrentViewer() viewer: SessionViewer,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<TaskResponse> {
    return this.tasks.done(viewer, id);
  }
}
