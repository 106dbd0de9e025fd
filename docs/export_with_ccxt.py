"""Exports positions, balance and leverage tiers with your own ccxt into one JSON file.

Needs `pip install ccxt` and a key that may only read, in the environment:
    EXCHANGE=binanceusdm API_KEY=... API_SECRET=... python3 export_with_ccxt.py snapshot.json
Some venues also want API_PASSWORD or WALLET_ADDRESS. Nothing secret is written or printed.
"""
import json, os, sys
import ccxt

names = {"apiKey": "API_KEY", "secret": "API_SECRET", "password": "API_PASSWORD", "walletAddress": "WALLET_ADDRESS"}
keys = {name: os.environ[variable] for name, variable in names.items() if variable in os.environ}
venue = getattr(ccxt, os.environ["EXCHANGE"])({**keys, "options": {"defaultType": "swap"}})
snapshot = {"fetch_positions": venue.fetch_positions(), "fetch_balance": venue.fetch_balance()}
markets = sorted({position["symbol"] for position in snapshot["fetch_positions"]})
if markets and venue.has.get("fetchLeverageTiers"):
    snapshot["fetch_leverage_tiers"] = venue.fetch_leverage_tiers(markets)
path = sys.argv[1] if len(sys.argv) > 1 else "snapshot.json"
with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
    json.dump(snapshot, file, indent=1)
print(f"{len(markets)} markets, balance and tiers are in {path}")
