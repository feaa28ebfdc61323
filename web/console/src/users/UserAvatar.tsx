import { Avatar } from '@mantine/core';
import type { User } from '../api/types';
import { callName } from './queries';

export function UserAvatar({ user, size = 32 }: { user: User; size?: number }) {
  return <Avatar src={user.avatar || null} name={callName(user)} alt="" color="verdigris" size={size} imageProps={{ referrerPolicy: 'no-referrer' }} />;
}
