import type { Words } from '../words';

export const start: Words['start'] = {
  title: 'はじめに',
  text: '数分で、何もない状態から最初のユーザーのサインインまで進めます。順番は自由です。',
  connect: {
    title: 'アプリケーションを接続する',
    text: 'フレームワークを選んでください。ガイドには、コピーするだけで動くコードが付いています。',
    viewAll: 'すべて表示',
  },
  steps: '次のステップ',
  look: {
    title: 'サインインページを自分のものにする',
    text: 'ロゴ、色、ダークモード、登録とサインインの方法を、ライブプレビューを見ながら設定できます。',
    action: 'カスタマイズ',
  },
  people: {
    title: 'ユーザーを作成する',
    text: '公開する前に、テスト用のユーザーでサインインを試せます。',
    action: 'ユーザーを作成',
  },
  watch: {
    title: '記録を確認する',
    text: 'サインイン、トークン、変更のすべてが監査ログに残ります。',
    action: 'ログを開く',
  },
  facts: {
    title: 'エンドポイント',
    text: 'クライアントライブラリの設定に必要な値です。',
    endpoint: 'エンドポイント',
    issuer: 'Issuer',
    discovery: 'ディスカバリー',
    api: 'Management API の audience',
  },
  frameworks: {
    title: 'フレームワークを選ぶ',
    text: 'それぞれに、新しいアプリケーションのためのステップごとのガイドがあります。',
  },
};
