-- What is in force for a visitor, asked of Redis (docs/firewalls/redis.md). It fails open: whoever
-- cannot be looked up in time passes, and nobody is asked again for a second.

local redis = require "nginx.redis" -- of Debian; OpenResty calls it resty.redis
local bit = require "bit"

local M = {
    host = "127.0.0.1", port = 6379, user = nil, password = nil,
    timeout = 50, -- milliseconds for each step, or the visitor passes; chosen: Redis nearby takes one
    fresh = 1, -- seconds that an answer is kept: an undo is everywhere in two
    rest = 1, -- seconds in which a Redis that did not answer is not asked
    idle = 10000, pool = 50, -- milliseconds and number of connections that are kept open
}

local PREFIX = "hedgerow:block:" -- streams/projecting.py
local HARD = { degrade = 1, throttle = 2, challenge = 3, block = 4 }
local WIDEST = { [4] = 8, [16] = 12 } -- bits: no pardon is wider (a crawler's ranges end there)
local cache = ngx.shared.hedgerow

-- Writes groups of an IPv6 address as Python does: the longest row of zeros, the first of equals, as ::.
local function compressed(groups)
    local at, length, start = nil, 1, nil
    for i = 1, 9 do
        if i <= 8 and groups[i] == 0 then
            start = start or i
        elseif start then
            if i - start > length then at, length = start, i - start end
            start = nil
        end
    end
    local words = {}
    for i = 1, 8 do words[i] = string.format("%x", groups[i]) end
    if not at then return table.concat(words, ":") end
    return table.concat(words, ":", 1, at - 1) .. "::" .. table.concat(words, ":", at + length, 8)
end

-- Masks the bytes of an address to so many bits.
local function masked(bytes, bits)
    local out = {}
    for i = 1, #bytes do
        local left = math.max(math.min(bits - 8 * (i - 1), 8), 0)
        out[i] = bit.band(bytes[i], 256 - bit.lshift(1, 8 - left))
    end
    return out
end

local function text(bytes)
    if #bytes == 4 then return table.concat(bytes, ".") end
    local groups = {}
    for i = 1, 8 do groups[i] = bytes[2 * i - 1] * 256 + bytes[2 * i] end
    return compressed(groups)
end

-- Names an address as entries do, and every network around it: of IPv6 its /64 comes first.
function M.keys(binary)
    local bytes = { string.byte(binary, 1, -1) }
    if #bytes == 16 and binary:sub(1, 12) == "\0\0\0\0\0\0\0\0\0\0\255\255" then
        bytes = { string.byte(binary, 13, 16) }
    end
    local found = {}
    local first = #bytes == 4 and 32 or 64
    for bits = first, WIDEST[#bytes], -1 do
        local name = text(masked(bytes, bits))
        found[#found + 1] = PREFIX .. (bits == 32 and #bytes == 4 and name or name .. "/" .. bits)
    end
    return found
end

-- Of all that is in force the hardest; a pardon around the address opens it, but not a session.
local function hardest(values, places)
    local word, reference = "pass", ""
    for i = 1, places do
        local value = values[i]
        if type(value) == "string" and value:sub(1, 7) == "pardon " then
            for j = 1, places do values[j] = nil end
            break
        end
    end
    for _, value in pairs(values) do
        local said, of
        if type(value) == "string" then said, of = value:match("^(%a+) (.*)$") end
        if said and HARD[said] and HARD[said] > (HARD[word] or 0) then word, reference = said, of end
    end
    return word, reference
end

local function asked(names)
    local line = redis:new()
    line:set_timeout(M.timeout)
    local there, why = line:connect(M.host, M.port)
    if not there then return nil, why end
    if M.password and line:get_reused_times() == 0 then
        local let
        if M.user then let, why = line:auth(M.user, M.password) else let, why = line:auth(M.password) end
        if not let then return nil, why end
    end
    local values
    values, why = line:mget(unpack(names))
    if not values then
        line:close()
        return nil, why
    end
    line:set_keepalive(M.idle, M.pool)
    return values
end

-- Says what is done about a visitor, and by which decision; the name of a session or account, or nil.
function M.find(binary, session, account)
    local names = M.keys(binary)
    local places = #names
    if session then names[#names + 1] = PREFIX .. "session:" .. session end
    if account then names[#names + 1] = PREFIX .. "account:" .. account end
    local key = names[1] .. " " .. (session or "") .. " " .. (account or "")
    local known = cache:get(key)
    if known then return known:match("^(%a+) (.*)$") end
    if cache:get("away") then return "pass", "" end
    local values, why = asked(names)
    if not values then
        cache:set("away", true, M.rest)
        cache:incr("failures", 1, 0)
        ngx.log(ngx.ERR, "hedgerow: Redis did not answer, visitors pass: ", why)
        return "pass", ""
    end
    local word, reference = hardest(values, places)
    cache:set(key, word .. " " .. reference, M.fresh)
    return word, reference
end

-- Does what is in force: refuse, send to a page, serve another picture, or leave a word to nginx.
-- *wish* may hold session and account (texts), challenge (a path), degrade (a pattern and what for it).
function M.act(wish)
    local filled = function(text) return text and text ~= "" and text or nil end
    local session, account = filled(wish.session), filled(wish.account)
    local fine, word = pcall(M.find, ngx.var.binary_remote_addr, session, account)
    if not fine then
        ngx.log(ngx.ERR, "hedgerow: visitors pass: ", word)
        word = "pass"
    end
    ngx.var.hedgerow = word
    if word == "block" then return ngx.exit(403) end
    if word == "challenge" and wish.challenge then
        return ngx.redirect(wish.challenge .. "?back=" .. ngx.escape_uri(ngx.var.request_uri), 307)
    end
    if word == "degrade" and wish.degrade then
        local path, count = ngx.re.sub(ngx.var.uri, wish.degrade[1], wish.degrade[2], "jo")
        if count > 0 then ngx.req.set_uri(path) end
    end
end

return M
