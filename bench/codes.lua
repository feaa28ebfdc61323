-- POST /oidc/token with one code after the other (CODES_FILE), each once: more of them than the time is enough for, or some are refused. For wrk -t1.
local codes, next_one = {}, 1
for line in io.lines(os.getenv("CODES_FILE")) do codes[#codes + 1] = line end
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Authorization"] = os.getenv("AUTHORIZATION") }
local form = os.getenv("FORM") .. "&code="

function request()
  local code = codes[next_one] or "none"
  next_one = next_one + 1
  return wrk.format("POST", nil, headers, form .. code)
end

function done(summary, latency)
  io.write(string.format("%d codes, %.0f/s, p50 %.1f ms, p99 %.1f ms, refused %d\n",
    summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status))
end
