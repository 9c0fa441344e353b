"""What a server of a shared index does as one step: scripts in its language, so that no other run comes in between.

Keys of an index begin with its name: ``header``, ``next`` (the next number), ``open`` (runs under way: first number ->
token, state and count), ``dead`` (runs given up: first number -> count), ``alive:N`` (a sign of life), ``d:N`` (a
document that stays), ``i:HASH`` (the numbers under an id); datasketch's own begin with ``lsh``.
"""

from __future__ import annotations

#: Writes the header unless there is one; gives what is there.
HEADER = """
if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('HSET', KEYS[1], unpack(ARGV)) end
return redis.call('HGETALL', KEYS[1])
"""

#: KEYS next, open, prefix of alive; ARGV token, count, lease (ms). Gives the first of ``count`` new numbers.
REGISTER = """
local base = redis.call('INCRBY', KEYS[1], ARGV[2]) - ARGV[2]
base = string.format('%.0f', base)
redis.call('HSET', KEYS[2], base, ARGV[1] .. ':p:' .. ARGV[2])
redis.call('SET', KEYS[3] .. base, '1', 'PX', ARGV[3])
return base
"""

#: KEYS open, prefix of alive; ARGV base, what stands there, what shall (nothing: the run is done). Gives 1 if it did.
STATE = """
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
if ARGV[3] == '' then
    redis.call('HDEL', KEYS[1], ARGV[1])
    redis.call('DEL', KEYS[2] .. ARGV[1])
else
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
return 1
"""

#: KEYS open, dead, prefix of alive; ARGV base, what stands there, count. Gives up a run without a sign of life.
GIVE_UP = """
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
if redis.call('EXISTS', KEYS[3] .. ARGV[1]) == 1 then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('HDEL', KEYS[1], ARGV[1])
return 1
"""

#: KEYS name of the LSH, the document, its id's numbers; ARGV its number. Takes a document out of datasketch's tables:
#: ``NAME_keys`` + key is the list of its buckets, ``NAME_bucket_`` + number of the band + bucket a set of keys.
REMOVE = """
local list = KEYS[1] .. '_keys' .. ARGV[1]
local found = redis.call('LRANGE', list, 0, -1)
for i, bucket in ipairs(found) do
    local band = (i - 1) % tonumber(ARGV[2])
    local table = KEYS[1] .. '_bucket_' .. string.char(math.floor(band / 256), band % 256)
    redis.call('SREM', table .. bucket, ARGV[1])
    if redis.call('EXISTS', table .. bucket) == 0 then redis.call('HDEL', table, bucket) end
end
redis.call('DEL', list, KEYS[2])
redis.call('HDEL', KEYS[1] .. '_keys', ARGV[1])
if KEYS[3] then redis.call('SREM', KEYS[3], ARGV[1]) end
return #found
"""
