package main

import (
	"io"
	"net/http"
	"strings"
)

// Moves what stands in the query of a token request into its form, where parameters of that endpoint belong
// (RFC 6749 section 3.2).
type form struct{}

func (form) RoundTrip(r *http.Request) (*http.Response, error) {
	more := r.URL.RawQuery
	if more == "" {
		return http.DefaultTransport.RoundTrip(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	moved := r.Clone(r.Context())
	moved.URL.RawQuery = ""
	text := string(body) + "&" + more
	moved.Body = io.NopCloser(strings.NewReader(text))
	moved.ContentLength = int64(len(text))
	return http.DefaultTransport.RoundTrip(moved)
}
