"""What every part shares and what no part may change: text, numbers, periods, faults, hashes.

Pure: values in, values out. Nothing here knows a scheme, a sheet, a clock or a network.
"""
