-- Asks for the addresses of a file in turn; see bench/pages.py.
local addresses, at = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do addresses[#addresses + 1] = line end
  math.randomseed(os.time())
  at = math.random(#addresses)
end

function request()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at], {["Accept-Encoding"] = "gzip"})
end
