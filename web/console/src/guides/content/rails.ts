import type { Guide } from '../guide';
import { code, file, install, run, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:3000/callback',
  postSignOutUri: 'http://localhost:3000/',
  steps: [
    install('bundle add logto'),
    uris,
    code('routes', 'rails',
      file('config/routes.rb', 'ruby', `
Rails.application.routes.draw do
  root "sessions#index"
  get "/sign_in", to: "sessions#sign_in"
  get "@@callbackPath@@", to: "sessions#callback"
  get "/sign_out", to: "sessions#sign_out"
end
`),
      file('app/controllers/sessions_controller.rb', 'ruby', `
require "logto/client"

class SessionsController < ApplicationController
  before_action :set_client

  def index
    if @client.is_authenticated?
      name = ERB::Util.html_escape(@client.id_token_claims["username"] || @client.id_token_claims["sub"])
      render html: %(Signed in as #{name}. <a href="/sign_out">Sign out</a>).html_safe
    else
      render html: %(Not signed in. <a href="/sign_in">Sign in</a>).html_safe
    end
  end

  def sign_in
    @client.sign_in(redirect_uri: "@@redirectUri@@", post_redirect_uri: "/")
  end

  def callback
    @client.handle_sign_in_callback(url: request.original_url)
  end

  def sign_out
    @client.sign_out(post_logout_redirect_uri: "@@postSignOutUri@@")
  end

  private

  def set_client
    @client = LogtoClient.new(
      config: LogtoClient::Config.new(
        endpoint: "@@endpoint@@",
        app_id: "@@appId@@",
        app_secret: "@@appSecret@@"
      ),
      navigate: ->(uri) { redirect_to(uri, allow_other_host: true) },
      storage: LogtoClient::SessionStorage.new(session)
    )
  end
end
`)),
    run('bin/rails server --port @@port@@'),
  ],
};
