-- Asks the addresses of a file in turn, and tells what came of it as one line of JSON. Behind an address, after a tab, may
-- stand the tag of the page that the reader has.
local paths, tags = {}, {}
for line in io.lines(os.getenv("MEASURED_PATHS")) do
  local path, tag = line:match("^([^\t]+)\t?(.*)$")
  paths[#paths + 1] = path
  tags[#paths] = tag ~= "" and { ["If-None-Match"] = tag } or nil
end
local at, threads = 0, {}
unchanged = 0

function setup(thread)
  threads[#threads + 1] = thread
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], tags[at])
end

if next(tags) then
  function response(status)
    if status == 304 then unchanged = unchanged + 1 end
  end
end

function done(summary, latency, requests)
  local errors, same = summary.errors, 0
  for _, thread in ipairs(threads) do same = same + thread:get("unchanged") end
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "bytes": %d, "p50": %f, "p99": %f, "unchanged": %d, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, same,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
