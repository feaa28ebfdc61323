-- The requests of a file (REQUESTS_FILE), one a line: what comes in Authorization, a tab, the form. For wrk -t1.
--   RATE      so many a second, at random times (a Poisson process), by the connections that are free; without it as fast as it goes
--   ONCE      each line is asked once: more of them than the time is enough for, or the rest is refused
--   ROTATING  the form of the next request is made of the refresh token in the answer
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long seconds; long nanoseconds; } time_of; int clock_gettime(int clock, time_of* at); ]]
local at = ffi.new("time_of")
local function milliseconds()
  ffi.C.clock_gettime(1, at)
  return tonumber(at.seconds) * 1000 + tonumber(at.nanoseconds) / 1e6
end

wrk.method = os.getenv("METHOD") or "POST"
local authorizations, forms, first, last = {}, {}, 1, 0
for line in io.lines(os.getenv("REQUESTS_FILE")) do
  last = last + 1
  authorizations[last], forms[last] = line:match("^([^\t]*)\t(.*)$")
end
local once, rotating, rate = os.getenv("ONCE"), os.getenv("ROTATING"), tonumber(os.getenv("RATE") or "")
local lines = last

function request()
  local i = first
  first = first + 1
  if not (once or rotating) and first > lines then first = 1 end
  local headers = {}
  if (authorizations[i] or "") ~= "" then headers["Authorization"] = authorizations[i] end
  if wrk.method == "GET" then return wrk.format(nil, nil, headers) end
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  local form = forms[i] or "none"
  if once or rotating then forms[i] = nil end
  return wrk.format(nil, nil, headers, form)
end

if rotating then
  function response(status, headers, body)
    local token = body:match('"refresh_token":"([^"]+)"')
    if token then
      last = last + 1
      forms[last] = rotating .. token
    end
  end
end

-- The next moment is chosen when a connection becomes free; if all are taken until it has passed, the rate is not reached.
if rate then
  local due
  function delay()
    local now = milliseconds()
    due = (due or now) - math.log(1 - math.random()) * 1000 / rate
    return math.max(0, due - now)
  end
end

function done(summary, latency)
  io.write(string.format("%d requests, %.0f/s, p50 %.1f ms, p99 %.1f ms, refused %d\n",
    summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
