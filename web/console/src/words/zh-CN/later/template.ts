import type { Words } from '../../words';

export const template: Words['template'] = {
  title: '组织模板',
  text: '所有组织共用的角色和权限。成员在每个组织中分别拥有它们。',
  tabs: { roles: '组织角色', permissions: '组织权限' },
  create: '创建组织角色',
  search: '按名称或描述搜索',
  columns: { permissions: '权限' },
  more: '另有 {{count, number}} 项',
  empty: {
    title: '还没有组织角色',
    text: '组织角色说明成员在组织中可以做什么，例如“管理员”或“访客”。',
  },
  form: {
    title: '创建组织角色',
    namePlaceholder: '管理员',
    scopes: '组织权限',
    scopesText: '此角色在组织内部允许的操作。',
    noScopes: '没有可选择的组织权限。请先在模板中创建。',
    resourceScopes: 'API 权限',
    resourceScopesText: '在为组织签发的令牌中，此角色允许对您的 API 执行的操作。',
  },
  role: { permissions: '组织权限', 'api-permissions': 'API 权限', settings: '设置' },
  general: { text: '应用程序将此名称读取为组织中的角色。' },
  permissionsText: '请选择拥有此角色者在组织内可以做什么。',
  apiPermissionsText: '请选择拥有此角色者可代表组织对您的 API 执行的操作。',
  scopes: {
    empty: { title: '还没有组织权限', text: '组织权限说明在组织内可以做什么，例如 invite:members，由组织角色授予成员。' },
    deleteText: '此后为组织签发的令牌不再包含它。',
    deleteRoles_one: '{{count, number}} 个组织角色将失去它。',
    deleteRoles_other: '{{count, number}} 个组织角色将失去它。',
  },
  delete: {
    members: '所有组织的成员将从下一个令牌起失去此角色及其权限。他们仍是成员。邀请和即时加入也不再授予它。',
    machines: '所有组织中的应用程序将从下一个令牌起失去此角色及其权限。它们仍属于各自的组织。',
  },
};
