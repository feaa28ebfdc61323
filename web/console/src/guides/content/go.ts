import type { Guide } from '../guide';
import { code, file, run, shell, uris } from '../steps';

export const guide: Guide = {
  redirectUri: 'http://localhost:8080/callback',
  postSignOutUri: 'http://localhost:8080/',
  steps: [
    code('project', undefined, shell(`
go mod init bookstore
go get github.com/logto-io/go/v2/client github.com/gin-gonic/gin github.com/gin-contrib/sessions`)),
    uris,
    code('program', 'go', file('main.go', 'go', `
package main

import (
	"html"
	"net/http"

	"github.com/gin-contrib/sessions"
	"github.com/gin-contrib/sessions/memstore"
	"github.com/gin-gonic/gin"
	"github.com/logto-io/go/v2/client"
)

type storage struct{ session sessions.Session }

func (s storage) GetItem(key string) string {
	value, _ := s.session.Get(key).(string)
	return value
}

func (s storage) SetItem(key, value string) {
	s.session.Set(key, value)
	s.session.Save()
}

var config = &client.LogtoConfig{
	Endpoint:  "@@endpoint@@",
	AppId:     "@@appId@@",
	AppSecret: "@@appSecret@@",
}

func logto(c *gin.Context) *client.LogtoClient {
	return client.NewLogtoClient(config, storage{sessions.Default(c)})
}

func main() {
	router := gin.Default()
	router.Use(sessions.Sessions("session", memstore.NewStore([]byte("@@random@@"))))

	router.GET("/", func(c *gin.Context) {
		page := \`Not signed in. <a href="/sign-in">Sign in</a>\`
		if client := logto(c); client.IsAuthenticated() {
			claims, err := client.GetIdTokenClaims()
			if err != nil {
				c.String(http.StatusInternalServerError, err.Error())
				return
			}
			page = "Signed in as " + html.EscapeString(claims.Sub) + \`. <a href="/sign-out">Sign out</a>\`
		}
		c.Data(http.StatusOK, "text/html; charset=utf-8", []byte(page))
	})

	router.GET("/sign-in", func(c *gin.Context) {
		to, err := logto(c).SignInWithRedirectUri("@@redirectUri@@")
		answer(c, to, err)
	})

	router.GET("@@callbackPath@@", func(c *gin.Context) {
		answer(c, "/", logto(c).HandleSignInCallback(c.Request))
	})

	router.GET("/sign-out", func(c *gin.Context) {
		to, err := logto(c).SignOut("@@postSignOutUri@@")
		answer(c, to, err)
	})

	router.Run("localhost:@@port@@")
}

func answer(c *gin.Context, to string, err error) {
	if err != nil {
		c.String(http.StatusBadRequest, err.Error())
		return
	}
	c.Redirect(http.StatusFound, to)
}
`)),
    run('go run .'),
  ],
};
