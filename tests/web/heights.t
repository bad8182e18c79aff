#!/bin/sh
# How far down things stand.
exec "${0%/*}/node" tests/web/heights.mjs
