import type { Guide } from '../guide';
import { code, file, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:8080/callback',
  postSignOutUri: 'http://localhost:8080/',
  steps: [
    code('project', undefined, shell(`
go mod init bookstore
go get github.com/coreos/go-oidc/v3/oidc golang.org/x/oauth2`)),
    uris,
    code('program', 'go', file('main.go', 'go', `
package main

import (
	"context"
	"fmt"
	"html"
	"log"
	"net/http"
	"net/url"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

func main() {
	provider, err := oidc.NewProvider(context.Background(), "@@endpoint@@/oidc")
	if err != nil {
		log.Fatal(err)
	}
	var metadata struct {
		EndSession string \`json:"end_session_endpoint"\`
	}
	if err := provider.Claims(&metadata); err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{
		ClientID:     "@@appId@@",
		ClientSecret: "@@appSecret@@",
		Endpoint:     provider.Endpoint(),
		RedirectURL:  "@@redirectUri@@",
		Scopes:       []string{oidc.ScopeOpenID, "profile"},
	}
	idTokens := provider.Verifier(&oidc.Config{ClientID: config.ClientID})

	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		user, err := idTokens.Verify(r.Context(), cookie(r, "id_token"))
		if err != nil {
			fmt.Fprint(w, \`Not signed in. <a href="/sign-in">Sign in</a>\`)
			return
		}
		var claims struct{ Username string }
		user.Claims(&claims)
		fmt.Fprintf(w, \`Signed in as %s. <a href="/sign-out">Sign out</a>\`, html.EscapeString(claims.Username))
	})

	http.HandleFunc("/sign-in", func(w http.ResponseWriter, r *http.Request) {
		state, verifier := oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
		keep(w, "state", state)
		keep(w, "verifier", verifier)
		http.Redirect(w, r, config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)), http.StatusFound)
	})

	http.HandleFunc("@@callbackPath@@", func(w http.ResponseWriter, r *http.Request) {
		if state := cookie(r, "state"); state == "" || state != r.FormValue("state") {
			http.Error(w, "This sign-in was not started here.", http.StatusBadRequest)
			return
		}
		tokens, err := config.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(cookie(r, "verifier")))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		idToken, _ := tokens.Extra("id_token").(string)
		if _, err := idTokens.Verify(r.Context(), idToken); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		keep(w, "state", "")
		keep(w, "verifier", "")
		keep(w, "id_token", idToken)
		http.Redirect(w, r, "/", http.StatusFound)
	})

	http.HandleFunc("/sign-out", func(w http.ResponseWriter, r *http.Request) {
		query := url.Values{"id_token_hint": {cookie(r, "id_token")}, "post_logout_redirect_uri": {"@@postSignOutUri@@"}}
		keep(w, "id_token", "")
		http.Redirect(w, r, metadata.EndSession+"?"+query.Encode(), http.StatusFound)
	})

	log.Fatal(http.ListenAndServe("localhost:@@port@@", nil))
}

func keep(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func cookie(r *http.Request, name string) string {
	if found, err := r.Cookie(name); err == nil {
		return found.Value
	}
	return ""
}
`)),
    run('go run .'),
  ],
};
