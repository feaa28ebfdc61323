import type { Words } from '../../words';

export const ownPages: Words['ownPages'] = {
  tab: '自有页面',
  title: '使用自有页面',
  text: '用您自己的单页应用代替登录页面。它通过 Experience API 工作。预览仍显示内置页面。',
  none: '正在显示内置页面',
  inForce: '正在显示自有页面',
  uploaded: '已上传：保存后开始显示',
  removed: '保存后恢复内置页面',
  since: '上传于',
  what: '构建结果的 zip 文件，index.html 位于顶层：最大 20 MB，解压后最大 50 MB。',
  tooLarge: '文件超过 20 MB。',
  upload: '上传 zip',
  replace: '上传其他 zip',
  remove: '恢复内置页面',
  open: '打开自有页面',
  safety: '请先试用：页面如果无法工作，所有人都进不了您的应用。管理员仍可进入这里，控制台的登录页面始终是内置页面。未保存的上传会在一天后删除。',
  csp: {
    title: '内容安全策略',
    text: '您的页面只能从自己的主机加载脚本，也只能向自己的主机发送请求。其他需要的来源请在这里添加。',
    scripts: '允许加载脚本的来源',
    requests: '允许发送请求的来源',
  },
};
