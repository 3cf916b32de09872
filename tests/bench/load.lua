-- wrk: posts the lines of the file $BODIES one after the other, and prints what came of it as one line of JSON.
local lines, at = {}, 0
for line in io.lines(os.getenv("BODIES")) do table.insert(lines, line) end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

request = function()
  at = at % #lines + 1
  return wrk.format(nil, nil, nil, lines[at])
end

done = function(summary, latency)
  local failed = 0
  for _, count in pairs(summary.errors) do failed = failed + count end
  local ms = function(percentile) return latency:percentile(percentile) / 1000 end
  print(string.format(
    '@{"requests":%d,"seconds":%.4f,"bytes":%d,"p50":%.4f,"p95":%.4f,"p99":%.4f,"failed":%d}',
    summary.requests, summary.duration / 1e6, summary.bytes, ms(50), ms(95), ms(99), failed))
end
