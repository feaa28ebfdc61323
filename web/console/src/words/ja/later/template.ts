import type { Words } from '../../words';

export const template: Words['template'] = {
  title: '組織テンプレート',
  text: 'すべての組織に共通するロールと権限です。メンバーは組織ごとに別々にこれらを持ちます。',
  tabs: { roles: '組織ロール', permissions: '組織の権限' },
  create: '組織ロールを作成',
  search: '名前または説明で検索',
  columns: { permissions: '権限' },
  more: 'ほか {{count, number}} 件',
  empty: {
    title: '組織ロールはまだありません',
    text: '組織ロールは、「管理者」や「ゲスト」のように、メンバーが組織の中でできることを表します。',
  },
  form: {
    title: '組織ロールを作成',
    namePlaceholder: '管理者',
    scopes: '組織の権限',
    scopesText: '組織そのものの中で許可する操作です。',
    noScopes: '選択できる組織の権限がありません。先にテンプレートで作成してください。',
    resourceScopes: 'API の権限',
    resourceScopesText: '組織向けに発行されるトークンで、API に対して許可する操作です。',
  },
  role: { permissions: '組織の権限', 'api-permissions': 'API の権限', settings: '設定' },
  general: { text: 'アプリケーションは、この名前を組織のロールとして読み取ります。' },
  permissionsText: 'このロールを持つ人が組織の中でできることを選んでください。',
  apiPermissionsText: 'このロールを持つ人が、組織のために API でできることを選んでください。',
  scopes: {
    empty: { title: '組織の権限はまだありません', text: 'invite:members のように、組織の中でできることを表します。組織ロールを通じてメンバーに与えます。' },
    deleteText: '以後に組織向けに発行されるトークンには含まれなくなります。',
    deleteRoles_one: '{{count, number}} 個の組織ロールから失われます。',
    deleteRoles_other: '{{count, number}} 個の組織ロールから失われます。',
  },
  delete: {
    members: 'すべての組織のメンバーが、次のトークンからこのロールとその権限を失います。メンバーであることは変わりません。招待とジャストインタイム参加でも与えられなくなります。',
    machines: 'すべての組織のアプリケーションが、次のトークンからこのロールとその権限を失います。組織への所属は変わりません。',
  },
};
