-- wrk: posts the lines of the file $BODIES one after the other, or GETs its address where there is none, and prints what came
-- of it as one line of JSON. With $WHOLE, answers of fewer bytes are counted as short: refusals and other errors.
local lines, at, threads = {}, 0, {}
local file, whole = os.getenv("BODIES"), tonumber(os.getenv("WHOLE"))
short = 0

setup = function(thread) table.insert(threads, thread) end

if file then
  for line in io.lines(file) do table.insert(lines, line) end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  request = function()
    at = at % #lines + 1
    return wrk.format(nil, nil, nil, lines[at])
  end
end

if whole then
  response = function(status, headers, body)
    if #body < whole then short = short + 1 end
  end
end

done = function(summary, latency)
  local failed, refused = 0, 0
  for _, count in pairs(summary.errors) do failed = failed + count end
  for _, thread in ipairs(threads) do refused = refused + (thread:get("short") or 0) end
  local ms = function(percentile) return latency:percentile(percentile) / 1000 end
  print(string.format(
    '@{"requests":%d,"seconds":%.4f,"bytes":%d,"p50":%.4f,"p95":%.4f,"p99":%.4f,"failed":%d,"short":%d}',
    summary.requests, summary.duration / 1e6, summary.bytes, ms(50), ms(95), ms(99), failed, refused))
end
